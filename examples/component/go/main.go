package main

import (
	"os"

	// The import path is the one that `pulumi package add` prints.
	runbooks "github.com/pulumi/pulumi-genesyscloud-runbooks/sdk/go/genesyscloudrunbooks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings, err := os.ReadFile("settings.yaml")
		if err != nil {
			return err
		}
		own := config.New(ctx, "")
		secrets := map[string]pulumi.StringInput{}
		for _, key := range []string{"pagerduty-primary-routingKey", "pagerduty-primary-apiToken", "webhook-signingSecret"} {
			secrets[key] = own.RequireSecret(key)
		}
		system, err := runbooks.NewOnCallRunbooks(ctx, "runbooks", &runbooks.OnCallRunbooksArgs{
			Settings: string(settings),
			Secrets:  secrets,
		})
		if err != nil {
			return err
		}
		ctx.Export("webhookUrl", system.WebhookUrl)
		return nil
	})
}
