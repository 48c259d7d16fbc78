//! The program: what it prints, how it ends.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

fn gateway(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-gateway"));
    command.args(flags);
    command
}

fn run(flags: &[&str]) -> Output {
    gateway(flags).output().unwrap()
}

/// Killed when a test ends, however it ends.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(flags: &[&str]) -> (Program, String) {
    let mut child = gateway(flags).stdout(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    let program = Program(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let url =
        line.strip_prefix("mock-gateway listening on ").unwrap_or_else(|| panic!("{line:?}")).trim_end();
    (program, url.to_owned())
}

#[test]
fn it_says_where_it_listens_once_it_does() {
    let (_program, url) = start(&["--port", "0", "--rate", "1/hour", "--burst", "1"]);
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
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

#[test]
fn a_wrong_flag_is_one_line_that_names_flag_and_value_and_exit_code_2() {
    let wrong: &[(&[&str], &[&str])] = &[
        (&["--rate", "abc"], &["--rate", "'abc'", "such as 100/min"]),
        (&["--rate", "5/fortnight"], &["--rate", "'5/fortnight'", "unknown unit"]),
        (&["--rate=-1/s"], &["--rate", "'-1/s'"]),
        (&["--burst", "many"], &["--burst", "'many'"]),
        (&["--burst=-1"], &["--burst", "'-1'"]),
        (&["--rate", "1/day", "--burst", "4000000"], &["--burst", "'4000000'", "more than a century"]),
        (&["--port", "99999"], &["--port", "'99999'"]),
        (&["--host", "nowhere"], &["--host", "'nowhere'"]),
        (&["--retry-after", "soon"], &["--retry-after", "'soon'", "http-date"]),
        (&["--latency", "40"], &["--latency", "'40'"]),
        (&["--jitter", "x"], &["--jitter", "'x'"]),
        (&["--order", "any"], &["--order", "'any'", "authorizer-first"]),
        (&["--jwks", "/nowhere.json"], &["--jwks", "'/nowhere.json'"]),
        (&["--upstream", "ftp://x"], &["--upstream", "'ftp://x'", "http://127.0.0.1:3000"]),
        (&["--trust-proxy", "x"], &["--trust-proxy", "'x'"]),
        (&["--access-log", "/no/where"], &["--access-log", "'/no/where'"]),
        (&["--template", "/nowhere.yaml"], &["--template", "'/nowhere.yaml'"]),
        (&["--template", "Cargo.toml"], &["--template", "'Cargo.toml'"]),
        (&["--jwt-issuer", "x"], &["--jwks"]),
        (&["--log", "loud"], &["--log", "'loud'"]),
        (&["--quota", "9"], &["--quota", "'9'", "10000/day"]),
        (&["--method-limit", "GET /x"], &["--method-limit", "'GET /x'"]),
        (&["--stage-limit", "1/s"], &["--stage-limit", "'1/s'", "10/s,20"]),
        (
            &["--method-limit", "GET /a/{b}=1/s,1", "--stage-method-limit", "GET /a/{c}=1/s,1"],
            &["--method-limit", "--stage-method-limit", "'/a/{b}'", "'/a/{c}'"],
        ),
        (&["--unknown"], &["'--unknown'"]),
    ];
    for (flags, parts) in wrong {
        let output = run(flags);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.starts_with("mock-gateway: "), "{message}");
        for part in *parts {
            assert!(message.contains(part), "{part} is not in: {message}");
        }
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_port_that_is_taken_is_one_line_that_names_it_and_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let output = run(&["--port", &address.port().to_string()]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(
        message.starts_with(&format!("mock-gateway: cannot listen on {address} (--host, --port): ")),
        "{message}"
    );
}

#[test]
fn help_names_every_flag() {
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8(output.stdout).unwrap();
    for flag in
        ["--rate", "--burst", "--port", "--host", "--api-key", "--retry-after", "--no-error-cors", "--order"]
    {
        assert!(help.contains(flag), "{flag}");
    }
}

#[test]
fn a_template_says_the_limits_and_flags_have_the_last_word() {
    let template = std::env::temp_dir().join(format!("mock-gateway-{}.yaml", std::process::id()));
    let text = "Resources: {Plan: {Type: AWS::ApiGateway::UsagePlan,
        Properties: {Throttle: {RateLimit: 0.001, BurstLimit: 2}}}}";
    std::fs::write(&template, text).unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let statuses = |flags: &[&str]| {
        let flags = [&["--port", "0", "--template", template.to_str().unwrap()], flags].concat();
        let (_program, url) = start(&flags);
        [0; 3].map(|_| agent.get(format!("{url}/api/v1/resource")).call().unwrap().status().as_u16())
    };
    assert_eq!(statuses(&[]), [200, 200, 429]);
    assert_eq!(statuses(&["--burst", "1"]), [200, 429, 429]);
    std::fs::remove_file(template).unwrap();
}
