//! A forger's tools: changes to a finished run, with or without digests that agree with them.

use serde_json::Value;

use crate::counting::sha256;
use crate::scene::Scene;
use crate::table::Table;

const OWN_DIGEST: &str = "\"manifest_sha256\": \"";

/// The text of a manifest with its own digest left out, which is what the digest is over.
pub(crate) fn unsealed(text: &str) -> String {
    let at = text.rfind(OWN_DIGEST).expect("an own digest") + OWN_DIGEST.len();
    [&text[..at], &text[at + 64..]].concat()
}

impl Scene {
    /// Changes a table of a finished run.
    pub(crate) fn change(&self, file: &str, change: impl FnOnce(&mut Table)) {
        let mut table = self.table(&format!("out/{file}"));
        change(&mut table);
        self.write(&format!("out/{file}"), table.to_csv());
    }

    /// Changes the manifest and makes its own digest agree again.
    pub(crate) fn forge_manifest(&self, change: impl FnOnce(&mut Value)) {
        let mut manifest = self.manifest("out");
        change(&mut manifest);
        let digest_less = sealed(&manifest, "");
        self.write("out/manifest.json", sealed(&manifest, &sha256(digest_less)));
    }

    /// Makes every digest agree with the files as they are now.
    pub(crate) fn forge_digests(&self) {
        self.forge_manifest(|manifest| {
            for file in manifest["outputs"].as_array_mut().expect("a list of files") {
                let text = self.read(&format!("out/{}", file["name"].as_str().expect("a name")));
                file["sha256"] = sha256(&text).into();
                file["bytes"] = text.len().into();
            }
        });
    }

    /// A copy of a finished run, so that each forgery starts from a sound one.
    pub(crate) fn fresh_run_from(&self, other: &Self) {
        let files = ["manifest.json", "outcomes.csv", "placements.csv", "programmes.csv"];
        self.folder("out", &[]);
        for file in files {
            self.write(&format!("out/{file}"), other.read(&format!("out/{file}")));
        }
    }
}

/// A manifest in the form that the engine writes, its own digest at the very end.
fn sealed(manifest: &Value, digest: &str) -> String {
    let mut manifest = manifest.clone();
    manifest.as_object_mut().expect("an object").remove("manifest_sha256");
    let text = serde_json::to_string_pretty(&manifest).expect("JSON");
    let open = text.trim_end_matches("\n}");
    format!("{open},\n  {OWN_DIGEST}{digest}\"\n}}\n")
}
