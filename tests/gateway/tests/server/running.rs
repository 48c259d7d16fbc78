//! A gateway in a thread of its own, with a client.

use mock_gateway::policy::{ApiKeys, Throttle, UsagePlan};
use mock_gateway::server::{Reloader, Server, Settings};
use std::thread::JoinHandle;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use ureq::http::{Request, Response};

pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) reloader: Reloader,
    agent: ureq::Agent,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A plan with this burst and one token an hour.
pub(crate) fn hourly(burst: u32) -> Settings {
    Settings::new(UsagePlan::new(limit("1/hour", burst)))
}

pub(crate) fn limit(rate: &str, burst: u32) -> Throttle {
    Throttle::new(rate.parse().unwrap(), burst).unwrap()
}

pub(crate) fn keys(keys: &[&str]) -> ApiKeys {
    ApiKeys::new(keys.iter().map(|key| (*key).to_owned()))
}

impl Running {
    pub(crate) fn start(settings: Settings) -> Running {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(Server::bind(([127, 0, 0, 1], 0).into(), settings)).unwrap();
        let (url, reloader) = (format!("http://{}", server.address()), server.reloader());
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let run = server.run(async {
                let _ = stopped.await;
            });
            runtime.block_on(run);
        });
        // A refusal does not wait for the request's body, and may close the connection (RFC 9112 9.6). A following
        // request on that connection would be lost.
        let agent =
            ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build().into();
        Running { url, reloader, agent, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).unwrap();
        let request = self.agent.configure_request(request).allow_non_standard_methods(true).build();
        Answer::read(self.agent.run(request).unwrap())
    }

    /// Makes a call that must end without an answer.
    pub(crate) fn call_in_vain(&self) -> ureq::Error {
        self.agent.get(format!("{}/api/v1/resource", self.url)).call().unwrap_err()
    }

    /// Orders faults for the next calls.
    pub(crate) fn faults(&self, faults: &str) -> Answer {
        self.request("POST", "/__gateway/faults", &[], faults)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], "")
    }

    /// Calls the backend's resource.
    pub(crate) fn call(&self, headers: &[(&str, &str)]) -> Answer {
        self.request("GET", "/api/v1/resource", headers, "")
    }

    pub(crate) fn stats(&self) -> serde_json::Value {
        self.get("/__gateway/stats").json()
    }

    pub(crate) fn log(&self) -> Vec<serde_json::Value> {
        serde_json::from_str(self.get("/__gateway/log").body()).unwrap()
    }

    pub(crate) fn reset(&self, changes: &str) -> Answer {
        self.request("POST", "/__gateway/reset", &[("content-type", "application/json")], changes)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        // Idle connections of the client would delay the server's stop.
        self.agent = ureq::agent();
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server panicked");
        }
    }
}

pub(crate) struct Answer(Response<String>);

impl Answer {
    fn read(mut response: Response<ureq::Body>) -> Answer {
        let body = response.body_mut().read_to_string().unwrap();
        Answer(response.map(|_| body))
    }

    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn body(&self) -> &str {
        self.0.body()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.body()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).map(|value| value.to_str().unwrap())
    }
}
