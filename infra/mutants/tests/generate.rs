//! The mutants of small templates, and of the real one.

use infra_check::{Node, Template};
use infra_mutants::{Equivalents, generate, to_json};
use std::collections::BTreeSet;

const TEMPLATE: &str = include_str!("../../template.yaml");

fn root(properties: &str) -> Node {
    Node::read(&format!(
        "Resources:\n  Key:\n    Type: AWS::ApiGateway::ApiKey\n    Properties: {properties}\n"
    ))
    .unwrap()
}

/// The changes of one place.
fn changes(properties: &str, place: &str) -> Vec<String> {
    let mutants = generate(&root(properties)).into_iter();
    mutants
        .filter(|mutant| mutant.place == format!("Key.Properties.{place}"))
        .map(|mutant| mutant.change)
        .collect()
}

#[test]
fn an_entry_is_removed_and_misspelt_and_its_value_replaced() {
    assert_eq!(changes("{ Enabled: true }", "Enabled"), ["removed", "named Enaled", "false for true"]);
}

#[test]
fn an_element_is_removed() {
    assert_eq!(changes("{ Stages: [a1, b2] }", "Stages.0"), ["removed"]);
}

#[test]
fn a_number_is_taken_for_another_unit() {
    assert_eq!(
        changes("{ Wait: 60 }", "Wait")[2..],
        ["3600 for 60", "1 for 60", "6000 for 60", "0.6 for 60"]
    );
    assert_eq!(changes("{ Wait: 0 }", "Wait")[2..], ["1 for 0", "60 for 0", "100 for 0"]);
}

#[test]
fn a_status_becomes_one_of_another_class() {
    let other = ["200 for 429", "302 for 429", "403 for 429", "503 for 429"];
    assert_eq!(changes("{ Code: 429 }", "Code")[2..], other);
    assert_eq!(changes("{ Code: '429' }", "Code")[2..], other);
}

#[test]
fn a_value_of_an_enumeration_becomes_each_other() {
    let changes = changes("{ Scope: REGIONAL }", "Scope");
    assert_eq!(changes[2..], ["CLOUDFRONT for REGIONAL", "REGINAL for REGIONAL"]);
}

#[test]
fn a_header_loses_its_quotes_and_each_part_of_its_list() {
    let changes = changes("{ H: \"'ab1,cd2'\" }", "H");
    for change in
        ["ab1,cd2 for 'ab1,cd2'", "'cd2' for 'ab1,cd2'", "'ab1' for 'ab1,cd2'", "'a1,cd2' for 'ab1,cd2'"]
    {
        assert!(changes.contains(&change.to_owned()), "{change}: {changes:#?}");
    }
}

#[test]
fn a_pattern_has_its_operator_and_its_value_mistaken() {
    let changes = changes("{ FilterPattern: '{ $.status = 429 }' }", "FilterPattern");
    for change in ["!= for = before 429 }", "25740 for 429 before  }", "staus for status before  = 429 }"] {
        assert!(changes.contains(&change.to_owned()), "{change}: {changes:#?}");
    }
}

#[test]
fn a_reference_goes_to_a_neighbour_or_nowhere() {
    let text = "Resources: { One: { Type: A, Properties: { Of: !Ref Two } }, Two: { Type: B } }";
    let mutants = generate(&Node::read(text).unwrap());
    let of: Vec<_> = mutants.iter().filter(|mutant| mutant.place == "One.Properties.Of").collect();
    assert_eq!(of[1].change, "!Ref One for !Ref Two");
    assert_eq!(of[2].change, "!Ref To for !Ref Two");
}

#[test]
fn a_mutant_differs_in_the_one_place_that_it_names() {
    let original = root("{ Enabled: true, Name: n1 }");
    let mutants = generate(&original);
    let disabled = mutants.iter().find(|mutant| mutant.change == "false for true").unwrap();
    assert_eq!((disabled.line, disabled.place.as_str()), (4, "Key.Properties.Enabled"));
    assert_eq!(disabled.apply(&original).unwrap(), root("{ Enabled: false, Name: n1 }"));
}

#[test]
fn the_real_template_has_many_mutants_and_none_is_the_template_itself() {
    let original = Node::read(TEMPLATE).unwrap();
    let mutants = generate(&original);
    assert_eq!(mutants, generate(&original));
    assert!(mutants.len() > 2000, "{}", mutants.len());
    for mutant in &mutants {
        assert_ne!(mutant.apply(&original).unwrap(), original, "{mutant}");
    }
    let places: BTreeSet<_> = mutants.iter().map(|mutant| (&mutant.place, &mutant.change)).collect();
    assert!(
        places.len() * 100 > mutants.len() * 98,
        "{} of {} descriptions differ",
        places.len(),
        mutants.len()
    );
    let last = TEMPLATE.lines().count();
    assert!(mutants.iter().all(|mutant| (1..=last).contains(&mutant.line)));
}

#[test]
fn a_template_is_the_same_in_json() {
    let original = Node::read(TEMPLATE).unwrap();
    let again = Node::read(&to_json(&original).to_string()).unwrap();
    assert_eq!(to_json(&again), to_json(&original));
    assert!(infra_check::check(&Template::of(again).unwrap()).is_empty());
}

#[test]
fn a_list_without_a_reason_is_refused() {
    let error = Equivalents::read("[{ place: Key }]").unwrap_err().to_string();
    assert_eq!(error, "line 1: it has no because");
}
