//! The life of the program from start to end.

use crate::{agent, start};
use std::process::Command;

#[test]
fn it_says_where_it_listens_once_it_does() {
    let (_program, url) = start(&["--port", "0", "--rate", "1/hour", "--burst", "1"]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let agent = agent();
    let statuses =
        [0; 2].map(|_| agent.get(format!("{url}/api/v1/resource")).call().unwrap().status().as_u16());
    assert_eq!(statuses, [200, 429]);
}

#[cfg(unix)]
#[test]
fn it_stops_when_told_to_with_exit_code_0() {
    for signal in ["-TERM", "-INT"] {
        let (mut program, _url) = start(&["--port", "0"]);
        let told = Command::new("kill").args([signal, &program.0.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert_eq!(program.0.wait().unwrap().code(), Some(0), "{signal}");
    }
}
