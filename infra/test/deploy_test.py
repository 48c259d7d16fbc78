"""Deploys the template to ministack, an independent imitation of Amazon's services, and calls what it makes.

`cargo xtask infra deploy-test` runs it with the Python that has ministack.
"""

import http.client
import http.server
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from contextlib import contextmanager

from botocore.session import Session

TEMPLATE = pathlib.Path(__file__).parent.parent.joinpath("template.yaml").read_text()
PATH = "/api/v1/resource"


class Backend(http.server.BaseHTTPRequestHandler):
    """The API behind the gateway: remembers what reaches it."""

    seen = []

    def do_GET(self):
        Backend.seen.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def ministack(port):
    """The services on one port of this machine, and of no other interface."""
    environment = os.environ | {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"}
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "ministack"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 60
            while True:
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(f"ministack did not start:\n{log.read().decode()}")
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait()


def without(template, resource):
    """Leaves a resource out: from its name to the next empty line."""
    shortened, count = re.subn(rf"(?ms)^  {resource}:\n.*?\n\n", "", template)
    assert count == 1, resource
    return shortened


def for_ministack(template, backend_port):
    """What ministack does not know is left out or said in its words; all else is as it is deployed."""
    # It refuses the whole template because of a type that it does not know.
    template = without(template, "WebAclAssociation")
    # It cannot do arithmetic with metrics.
    template = without(template, "ThrottledAlarm")
    # It does not put stage variables into addresses.
    variable = "https://${stageVariables.backendHost}"
    assert template.count(variable) == 2
    return template.replace(variable, f"http://127.0.0.1:{backend_port}")


def client(service):
    endpoint = f"http://127.0.0.1:{DeployedTemplate.port}"
    return Session().create_client(
        service, "us-east-1", endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test"
    )


class Stack:
    """A stack of the template, with what is needed to call it."""

    def __init__(self, name, template, **parameters):
        self.name = name
        self.parameters = {"BackendHost": "unused.example.com"} | parameters
        self.formation = client("cloudformation")
        self.formation.create_stack(**self.arguments(template))
        self.wait("stack_create_complete")
        stack = self.formation.describe_stacks(StackName=name)["Stacks"][0]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        key = client("apigateway").get_api_key(apiKey=self.outputs["ApiKeyId"], includeValue=True)
        self.headers = {"x-api-key": key["value"], "authorization": self.token()}

    def arguments(self, template):
        parameters = [
            {"ParameterKey": key, "ParameterValue": value} for key, value in self.parameters.items()
        ]
        return {
            "StackName": self.name,
            "TemplateBody": template,
            "Parameters": parameters,
            "Capabilities": ["CAPABILITY_IAM"],
        }

    def update(self, template):
        self.formation.update_stack(**self.arguments(template))
        self.wait("stack_update_complete")

    def wait(self, state):
        try:
            waiter = self.formation.get_waiter(state)
            waiter.wait(StackName=self.name, WaiterConfig={"Delay": 0.2, "MaxAttempts": 150})
        except Exception as error:
            events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
            reasons = [event["ResourceStatusReason"] for event in events if event.get("ResourceStatusReason")]
            raise RuntimeError(f"{state}: {reasons}") from error

    def token(self):
        """Of a user of the pool, by way of a client that may use a password."""
        cognito, pool = client("cognito-idp"), self.outputs["UserPoolId"]
        app = cognito.create_user_pool_client(
            UserPoolId=pool, ClientName="test", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
        )["UserPoolClient"]["ClientId"]
        cognito.admin_create_user(UserPoolId=pool, Username="user", MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool, Username="user", Password="Passw0rd!", Permanent=True)
        answer = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=app,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "user", "PASSWORD": "Passw0rd!"},
        )
        return answer["AuthenticationResult"]["IdToken"]

    def call(self, method="GET", path=PATH, headers=None):
        """Status, headers with their names in lower case, and body."""
        host, stage = re.match(r"https://([^/]+)/(.+)", self.outputs["Url"]).groups()
        api = host.split(".")[0]
        connection = http.client.HTTPConnection("127.0.0.1", DeployedTemplate.port, timeout=10)
        headers = self.headers if headers is None else headers
        headers = headers | {"Host": f"{api}.execute-api.localhost:{DeployedTemplate.port}"}
        connection.request(method, f"/{stage}{path}", headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


class DeployedTemplate(unittest.TestCase):
    """What is deployed does what the template says."""

    port = free_port()

    @classmethod
    def setUpClass(cls):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        services = ministack(cls.port)
        services.__enter__()
        cls.addClassCleanup(services.__exit__, None, None, None)
        cls.template = for_ministack(TEMPLATE, server.server_port)
        # So slow that no token comes back while a test runs.
        slow = {"RequestsPerSecond": "0.001"}
        cls.limited = Stack("limited", cls.template, Burst="3", **slow)
        cls.used_up = Stack("used-up", cls.template, Burst="9", QuotaLimit="2", **slow)
        cls.open = Stack("open", cls.template)

    def setUp(self):
        Backend.seen.clear()

    def assert_readable(self, headers):
        """By a page of another origin."""
        self.assertEqual(headers["access-control-allow-origin"], "*")
        exposed = headers["access-control-expose-headers"].lower().split(",")
        self.assertIn("retry-after", exposed)
        self.assertIn("x-amzn-errortype", exposed)

    def test_a_burst_is_let_through_and_the_rest_is_throttled_before_the_backend(self):
        answers = [self.limited.call() for _ in range(5)]
        self.assertEqual([status for status, *_ in answers], [200, 200, 200, 429, 429])
        _, headers, body = answers[3]
        self.assertEqual(json.loads(body), {"message": "Too Many Requests"})
        self.assertEqual(headers["x-amzn-errortype"], "TooManyRequestsException")
        self.assertEqual(headers["retry-after"], "1")
        self.assert_readable(headers)
        self.assertEqual(Backend.seen, [PATH] * 3)

    def test_a_quota_that_is_used_up_says_so_and_asks_for_an_hour(self):
        answers = [self.used_up.call() for _ in range(3)]
        self.assertEqual([status for status, *_ in answers], [200, 200, 429])
        _, headers, body = answers[2]
        self.assertEqual(json.loads(body), {"message": "Limit Exceeded"})
        self.assertEqual(headers["retry-after"], "3600")
        self.assert_readable(headers)

    def test_a_preflight_needs_neither_key_nor_token(self):
        for path in (PATH, f"{PATH}/17"):
            status, headers, _ = self.open.call("OPTIONS", path, {"Origin": "https://app.example.com"})
            self.assertEqual(status, 204)
            self.assertEqual(headers["access-control-allow-origin"], "*")
            self.assertIn("x-api-key", headers["access-control-allow-headers"])
        self.assertEqual(Backend.seen, [])

    def test_without_a_token_a_page_can_read_why(self):
        status, headers, body = self.open.call(headers={"x-api-key": self.open.headers["x-api-key"]})
        self.assertEqual((status, json.loads(body)), (401, {"message": "Unauthorized"}))
        self.assert_readable(headers)

    def test_without_a_key_a_page_can_read_why(self):
        status, headers, body = self.open.call(headers={"authorization": self.open.headers["authorization"]})
        self.assertEqual((status, json.loads(body)), (403, {"message": "Forbidden"}))
        self.assert_readable(headers)
        self.assertEqual(Backend.seen, [])

    def test_what_is_below_the_collection_reaches_the_backend_with_its_path(self):
        self.assertEqual(self.open.call(path=f"{PATH}/17/parts?a=1")[0], 200)
        self.assertEqual(Backend.seen, [f"{PATH}/17/parts?a=1"])

    def test_a_change_is_deployed_only_with_a_new_name_of_the_deployment(self):
        stack = Stack("changed", self.template, Burst="1", RequestsPerSecond="0.001")
        stack.call()
        changed = self.template.replace("Retry-After: \"'1'\"", "Retry-After: \"'2'\"")
        stack.update(changed)
        self.assertEqual(stack.call()[1]["retry-after"], "1")
        stack.update(re.sub(r"\bDeployment([0-9a-f]{10})\b", r"Deployment0\g<1>", changed))
        self.assertEqual(stack.call()[1]["retry-after"], "2")


if __name__ == "__main__":
    unittest.main()
