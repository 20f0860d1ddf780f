import { PolicyPack } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { namespace } from "../components/settings/secrets.ts";
import { policiesFor } from "./policies.ts";

// Pulumi hands the stack's configuration to a policy pack as to a program. What is not said there is what the program takes: not protected.
new PolicyPack(`${namespace}-policy`, { policies: policiesFor({ protect: new pulumi.Config(namespace).getBoolean("protect") ?? false }) });
