//! The verdicts of the checks on mutants.

use crate::cfn_lint::CfnLint;
use crate::json::to_json;
use crate::mutant::{Mutant, Step};
use anyhow::{Result, ensure};
use infra_check::{Node, Template, check, repaired};
use std::num::NonZero;
use std::thread;

/// The check that found a mutant, with the rule that the mutant breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The project's own rules.
    Rule(String),
    /// A rule of cfn-lint, which sees only what the project's rules let pass.
    CfnLint(String),
    /// No check at all.
    Survived,
}

/// Asks the project's rules about each mutant. Then asks cfn-lint about the mutants that the rules let pass.
///
/// # Errors
/// The template itself has mistakes, so that every mutant would be found, or cfn-lint could not be run.
pub fn judge(root: &Node, mutants: &[Mutant], cfn_lint: Option<&CfnLint>) -> Result<Vec<Verdict>> {
    let mistakes = check(&Template::of(root.clone())?);
    ensure!(mistakes.is_empty(), "the template itself has mistakes: {}", mistakes.len());
    let mut verdicts = in_parallel(mutants, |mutant| by_rules(root, mutant));
    let Some(cfn_lint) = cfn_lint else { return Ok(verdicts) };
    let mut survivors: Vec<_> =
        mutants.iter().zip(&mut verdicts).filter(|(_, verdict)| **verdict == Verdict::Survived).collect();
    let templates: Vec<_> = survivors.iter().filter_map(|(mutant, _)| mutated(root, mutant)).collect();
    let templates: Vec<_> = templates.iter().map(|template| to_json(template).to_string()).collect();
    ensure!(templates.len() == survivors.len(), "a mutant changes a place that is not there");
    for ((_, verdict), finding) in survivors.iter_mut().zip(cfn_lint.ask(&templates)?) {
        if let Some(finding) = finding {
            **verdict = Verdict::CfnLint(finding);
        }
    }
    Ok(verdicts)
}

fn by_rules(root: &Node, mutant: &Mutant) -> Verdict {
    match mutated(root, mutant).map(Template::of) {
        Some(Ok(template)) => {
            let finding = check(&template).into_iter().next();
            finding.map_or(Verdict::Survived, |finding| Verdict::Rule(finding.rule.to_owned()))
        }
        _ => Verdict::Rule("no template".to_owned()),
    }
}

/// The mutant as it would be deployed: a changed API always needs a deployment with a new name, so the name tells nothing.
fn mutated(root: &Node, mutant: &Mutant) -> Option<Node> {
    let changed = mutant.apply(root)?;
    if is_of_a_deployment(root, mutant) { Some(changed) } else { repaired(&changed).ok() }
}

fn is_of_a_deployment(root: &Node, mutant: &Mutant) -> bool {
    let [Step::Index(section), Step::Index(resource), ..] = mutant.path.as_slice() else { return false };
    let section = root.entries().nth(*section).filter(|(name, _)| *name == "Resources");
    let resource = section.and_then(|(_, resources)| resources.entries().nth(*resource));
    resource.and_then(|(_, node)| node.get("Type")?.text()) == Some("AWS::ApiGateway::Deployment")
}

fn in_parallel<T: Sync, R: Send>(items: &[T], ask: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let ask = &ask;
    thread::scope(|scope| {
        let parts = items.chunks(items.len().div_ceil(threads).max(1));
        let running: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(ask).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a rule panicked")).collect()
    })
}
