//! The displacement network: who moves where when a seat comes or goes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use petgraph::dot::Dot;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;
use petgraph_graphml::GraphMl;

use crate::error::Error;
use crate::municipalities;
use crate::planning::new_file::write_new_file;
use crate::season::Season;

/// What the nodes of a network are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Offers, by id.
    Offer,
    /// Schools, by name; with the municipality where schools of several have the name.
    School,
    /// Municipalities, by code.
    Municipality,
}

/// What one offer is called on each level.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    offer: String,
    school: String,
    municipality: String,
}

impl Labels {
    fn on(&self, level: Level) -> &str {
        match level {
            Level::Offer => &self.offer,
            Level::School => &self.school,
            Level::Municipality => &self.municipality,
        }
    }
}

pub(super) fn labels(season: &Season) -> Vec<Labels> {
    let data = &season.data.programmes;
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for programme in 0..data.ids.len() {
        let code = data.municipality_code.get(programme);
        named.entry(data.school.get(programme)).or_default().insert(code);
    }
    let school = |programme: usize| {
        let (name, code) = (data.school.get(programme), data.municipality_code.get(programme));
        match named[name].len() {
            1 => known(name),
            _ => format!("{} ({})", known(name), known(municipalities::name(code))),
        }
    };
    (0..data.ids.len())
        .map(|programme| Labels {
            offer: apart(data.ids.get(programme).to_owned(), "offer"),
            school: apart(school(programme), "school"),
            municipality: apart(known(data.municipality_code.get(programme)), "municipality"),
        })
        .collect()
}

fn known(text: &str) -> String {
    if text.is_empty() { "?".to_owned() } else { text.to_owned() }
}

/// The node for no place.
pub(crate) const UNPLACED: &str = "unplaced";

/// A label that is not the one for no place.
fn apart(label: String, kind: &str) -> String {
    if label == UNPLACED { format!("{label} ({kind})") } else { label }
}

/// How many moves there are between two nodes, over one seat more and one fewer everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moves {
    pub(crate) more: u32,
    pub(crate) fewer: u32,
}

impl std::fmt::Display for Moves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "+{} -{}", self.more, self.fewer)
    }
}

/// A directed graph from where applicants give up a place to where they take one; `unplaced` stands
/// for no place. Each arc counts the moves with a seat more and with a seat fewer.
#[derive(Clone, Debug)]
pub struct Network(DiGraph<String, Moves>, Level);

impl Network {
    pub(super) fn new(labels: &[Labels], moves: &[(u32, u32, u32, u32)], level: Level) -> Self {
        let label = |offer: u32| labels.get(offer as usize).map_or(UNPLACED, |l| l.on(level));
        let mut arcs: BTreeMap<(&str, &str), Moves> = BTreeMap::new();
        for &(from, to, more, fewer) in moves {
            let arc = arcs.entry((label(from), label(to))).or_default();
            arc.more += more;
            arc.fewer += fewer;
        }
        let mut nodes: BTreeMap<&str, NodeIndex> = arcs
            .keys()
            .flat_map(|(from, to)| [(*from, NodeIndex::end()), (*to, NodeIndex::end())])
            .collect();
        let mut graph = DiGraph::with_capacity(nodes.len(), arcs.len());
        nodes.iter_mut().for_each(|(name, node)| *node = graph.add_node((*name).to_owned()));
        for ((from, to), moves) in arcs {
            graph.add_edge(nodes[from], nodes[to], moves);
        }
        Self(graph, level)
    }

    /// What the nodes are.
    pub(crate) fn level(&self) -> Level {
        self.1
    }

    /// The arcs by the names of their ends: giving up a place, taking one.
    pub(crate) fn arcs(&self) -> impl Iterator<Item = (&str, &str, Moves)> {
        let name = |node: NodeIndex| self.0[node].as_str();
        self.0
            .edge_references()
            .map(move |arc| (name(arc.source()), name(arc.target()), *arc.weight()))
    }

    /// Writes the network in the DOT language of Graphviz to a new file, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Output`] when something stands at `file` or the file system refuses.
    pub fn write_dot(&self, file: impl AsRef<Path>) -> Result<(), Error> {
        write_new_file(file.as_ref(), &self.to_dot())
    }

    /// Writes the network as GraphML to a new file, whole or not at all.
    ///
    /// # Errors
    /// As [`Network::write_dot`].
    pub fn write_graphml(&self, file: impl AsRef<Path>) -> Result<(), Error> {
        write_new_file(file.as_ref(), &self.to_graphml())
    }

    /// The network in the DOT language of Graphviz.
    #[must_use]
    pub fn to_dot(&self) -> String {
        format!("{}", Dot::new(&self.0))
    }

    /// The network as GraphML, with the counts `more` and `fewer` on each arc, whole numbers.
    #[must_use]
    pub fn to_graphml(&self) -> String {
        let text = GraphMl::new(&self.0)
            .pretty_print(true)
            .export_edge_weights(Box::new(counts))
            .export_node_weights(Box::new(|node| name(node)))
            .to_string();
        counts_as_numbers(&text)
    }
}

/// The library declares every attribute as text, in any order.
fn counts_as_numbers(graphml: &str) -> String {
    let is_key = |line: &&str| line.trim_start().starts_with("<key ");
    // No label begins a line so: a `<` in one is escaped.
    let (keys, others): (Vec<&str>, Vec<&str>) = graphml.lines().partition(is_key);
    let declared = |key: &&str| match key.contains("for=\"edge\"") {
        true => key.replace("attr.type=\"string\"", "attr.type=\"int\""),
        false => (*key).to_owned(),
    };
    let mut keys: Vec<String> = keys.iter().map(declared).collect();
    keys.sort_unstable();
    let first = graphml.lines().take_while(|line| !is_key(line)).count().min(others.len());
    let (head, graph) = others.split_at(first);
    let head = head.iter().copied().chain(keys.iter().map(String::as_str));
    head.chain(graph.iter().copied()).collect::<Vec<_>>().join("\n") + "\n"
}

/// Attributes of a node or an arc.
type Attributes<'a> = Vec<(Cow<'static, str>, Cow<'a, str>)>;

fn counts(moves: &Moves) -> Attributes<'_> {
    let count = |name: &'static str, count: u32| (name.into(), count.to_string().into());
    vec![count("more", moves.more), count("fewer", moves.fewer)]
}

fn name(name: &str) -> Attributes<'_> {
    vec![("name".into(), name.replace(char::is_control, " ").into())]
}
