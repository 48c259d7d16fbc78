"""Answers each template on its input, one in JSON a line, with the first finding of cfn-lint, or with an empty line."""

import sys

from cfnlint.config import ConfigMixIn
from cfnlint.decode.decode import decode_str
from cfnlint.runner import Runner

# The rules are loaded once: loading takes three times as long as looking at a template.
runner = Runner(ConfigMixIn(regions=["us-east-1"]))
for template in sys.stdin.readlines():
    decoded, findings = decode_str(template)
    findings = findings or list(runner.validate_template(decoded))
    print(" ".join(f"{findings[0].rule.id} {findings[0].message}".split()) if findings else "")
