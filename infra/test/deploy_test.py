"""Deploys the template to ministack, an independent imitation of Amazon's services, and calls what it makes.

`cargo xtask infra deploy-test` runs it with the Python that has ministack.
"""

import json
import re
import unittest
from functools import partial

from imitation import PATH, TEMPLATE, Backend, Ministack, Stack
from translation import for_ministack


class DeployedTemplate(unittest.TestCase):
    """What is deployed does what the template says."""

    @classmethod
    def setUpClass(cls):
        cls.backend = cls.enterClassContext(Backend())
        services = cls.enterClassContext(Ministack())
        cls.template = for_ministack(TEMPLATE, cls.backend.server_port)
        cls.stack = staticmethod(partial(Stack, services))
        # So slow that no token comes back while a test runs.
        slow = {"RequestsPerSecond": "0.001"}
        cls.limited = cls.stack("limited", cls.template, Burst="3", **slow)
        cls.used_up = cls.stack("used-up", cls.template, Burst="9", QuotaLimit="2", **slow)
        cls.open = cls.stack("open", cls.template)

    def setUp(self):
        self.backend.seen.clear()

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
        self.assertEqual(self.backend.seen, [PATH] * 3)

    def test_a_quota_that_is_used_up_says_so_and_asks_for_an_hour(self):
        answers = [self.used_up.call() for _ in range(3)]
        self.assertEqual([status for status, *_ in answers], [200, 200, 429])
        _, headers, body = answers[2]
        self.assertEqual(json.loads(body), {"message": "Limit Exceeded"})
        self.assertEqual(headers["retry-after"], "3600")
        self.assert_readable(headers)

    def test_the_api_is_what_its_document_says(self):
        """As another reads the document: each path, and who has to show what."""
        resources = self.open.gateway.get_resources(restApiId=self.open.api)["items"]
        methods = {it["path"]: (it["id"], it["resourceMethods"]) for it in resources if it.get("resourceMethods")}
        self.assertEqual(set(methods), {PATH, f"{PATH}/{{proxy+}}"})
        for resource, verbs in methods.values():
            self.assertEqual(set(verbs), {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
            for verb in verbs:
                method = self.open.gateway.get_method(restApiId=self.open.api, resourceId=resource, httpMethod=verb)
                asks = (method.get("apiKeyRequired", False), method["authorizationType"])
                expected = (False, "NONE") if verb == "OPTIONS" else (True, "COGNITO_USER_POOLS")
                self.assertEqual(asks, expected, verb)

    def test_a_preflight_needs_neither_key_nor_token(self):
        for path in (PATH, f"{PATH}/17"):
            status, headers, _ = self.open.call("OPTIONS", path, {"Origin": "https://app.example.com"})
            self.assertEqual(status, 204)
            self.assertEqual(headers["access-control-allow-origin"], "*")
            self.assertIn("x-api-key", headers["access-control-allow-headers"])
        self.assertEqual(self.backend.seen, [])

    def test_without_a_token_a_page_can_read_why(self):
        status, headers, body = self.open.call(headers={"x-api-key": self.open.headers["x-api-key"]})
        self.assertEqual((status, json.loads(body)), (401, {"message": "Unauthorized"}))
        self.assert_readable(headers)

    def test_calls_without_a_token_use_up_nothing(self):
        """The order that Amazon documents for Lambda authorizers, in an imitation that others wrote."""
        stack = self.stack("order", self.template, Burst="2", RequestsPerSecond="0.001")
        without = {"x-api-key": stack.headers["x-api-key"]}
        self.assertEqual([stack.call(headers=without)[0] for _ in range(5)], [401] * 5)
        self.assertEqual([stack.call()[0] for _ in range(3)], [200, 200, 429])
        self.assertEqual(stack.call(headers=without)[0], 401)

    def test_without_a_key_a_page_can_read_why(self):
        status, headers, body = self.open.call(headers={"authorization": self.open.headers["authorization"]})
        self.assertEqual((status, json.loads(body)), (403, {"message": "Forbidden"}))
        self.assert_readable(headers)
        self.assertEqual(self.backend.seen, [])

    def test_what_is_below_the_collection_reaches_the_backend_with_its_path(self):
        self.assertEqual(self.open.call(path=f"{PATH}/17/parts?a=1")[0], 200)
        self.assertEqual(self.backend.seen, [f"{PATH}/17/parts?a=1"])

    def test_a_change_is_deployed_only_with_a_new_name_of_the_deployment(self):
        stack = self.stack("changed", self.template, Burst="1", RequestsPerSecond="0.001")
        stack.call()
        changed = TEMPLATE.replace("Retry-After: \"'1'\"", "Retry-After: \"'2'\"")
        stack.update(for_ministack(changed, self.backend.server_port))
        self.assertEqual(stack.call()[1]["retry-after"], "1")
        renamed = re.sub(r"\bDeployment([0-9a-f]{10})\b", r"Deployment0\g<1>", changed)
        stack.update(for_ministack(renamed, self.backend.server_port))
        self.assertEqual(stack.call()[1]["retry-after"], "2")


if __name__ == "__main__":
    unittest.main()
