//! The resource of each path.

use mock_gateway::policy::{Method, Resources};

fn find(templates: &[&str], path: &str) -> Option<String> {
    let resources = Resources::new(templates.iter().copied()).unwrap();
    resources.method("GET", path).map(|method| method.resource().to_owned())
}

#[test]
fn what_is_written_out_wins_over_a_parameter_and_a_parameter_over_the_rest() {
    let all = ["/items/{proxy+}", "/items/{id}", "/items/new", "/items/{id}/parts"];
    let resource = |path| find(&all, path).unwrap();
    assert_eq!(resource("/items/new"), "/items/new");
    assert_eq!(resource("/items/17"), "/items/{id}");
    assert_eq!(resource("/items/17/parts"), "/items/{id}/parts");
    assert_eq!(resource("/items/17/parts/3"), "/items/{proxy+}");
    assert_eq!(resource("/items/new/parts"), "/items/{id}/parts");
}

#[test]
fn a_parameter_is_never_empty() {
    assert_eq!(find(&["/items/{id}"], "/items/"), None);
    assert_eq!(find(&["/items/{proxy+}"], "/items/"), None);
    assert_eq!(find(&["/items/{proxy+}"], "/items"), None);
}

#[test]
fn a_path_matches_as_a_whole() {
    for path in ["/", "/item", "/items/17/x", "/x/items/17", "items/17", ""] {
        assert_eq!(find(&["/items/{id}"], path), None, "{path}");
    }
}

#[test]
fn the_method_is_the_requests_verb_on_the_resource_as_it_was_declared() {
    let resources = Resources::new(["/items/{id}"]).unwrap();
    assert_eq!(resources.method("PUT", "/items/1"), Some(Method::new("PUT", "/items/{id}")));
}

#[test]
fn two_resources_with_the_same_paths_are_refused_but_not_the_same_one_twice() {
    let error = Resources::new(["/items/{id}", "/items/{name}"]).unwrap_err();
    assert_eq!(error.to_string(), "the resources '/items/{id}' and '/items/{name}' have the same paths");
    assert!(Resources::new(["/items/{id}", "/items/{id}"]).is_ok());
}
