from pathlib import Path

import pulumi
from pulumi_genesyscloud_runbooks import OnCallRunbooks

config = pulumi.Config()
secrets = ["pagerduty-primary-routingKey", "pagerduty-primary-apiToken", "webhook-signingSecret"]

runbooks = OnCallRunbooks(
    "runbooks",
    settings=Path("settings.yaml").read_text(encoding="utf-8"),
    secrets={key: config.require_secret(key) for key in secrets},
)

pulumi.export("webhookUrl", runbooks.webhook_url)
