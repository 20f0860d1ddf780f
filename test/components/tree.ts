/** What the dev stack of this repository declares. A renamed line is a resource that is destroyed and made again. */
export const expectedTree = `RunbookSystem runbooks
  Detector runbooks-detector
    OauthClient runbooks-detector
      OauthClient runbooks-detector-client
      PermissionRole runbooks-detector-role
        AuthRole runbooks-detector-role
      StoredSecret runbooks-detector-secret
        Secret runbooks-detector-secret
        SecretVersion runbooks-detector-secret-value
    ScheduledFunction runbooks-detector-poller
      FunctionEventInvokeConfig runbooks-detector-poller-invocation
      ResponderFunction runbooks-detector-poller
        Function runbooks-detector-poller-function
        LogGroup runbooks-detector-poller-logs
        Role runbooks-detector-poller-role
        RolePolicy runbooks-detector-poller-policy
      Role runbooks-detector-poller-scheduler-role
      RolePolicy runbooks-detector-poller-scheduler-policy
      Schedule runbooks-detector-poller-schedule
  DispatchQueue runbooks-dispatch
    Queue runbooks-dispatch-dead
    Queue runbooks-dispatch-queue
  Dispatcher runbooks-dispatcher
    QueuedFunction runbooks-dispatcher
      EventSourceMapping runbooks-dispatcher-messages
      ResponderFunction runbooks-dispatcher
        Function runbooks-dispatcher-function
        LogGroup runbooks-dispatcher-logs
        Role runbooks-dispatcher-role
        RolePolicy runbooks-dispatcher-policy
  GenesysActions runbooks-genesys
    DataActions runbooks-genesys-actions
      Integration runbooks-genesys-actions-integration
      IntegrationAction runbooks-genesys-actions-checkCredentials
      IntegrationAction runbooks-genesys-actions-healthCheckTrigger
    OauthClient runbooks-genesys-responder
      OauthClient runbooks-genesys-responder-client
      PermissionRole runbooks-genesys-responder-role
        AuthRole runbooks-genesys-responder-role
  IncidentLedger runbooks-ledger
    Table runbooks-ledger-table
  IncidentSystems runbooks-systems
    VendorIntegration runbooks-systems-pagerduty-it-operations
      DataActions runbooks-systems-pagerduty-it-operations-actions
        Integration runbooks-systems-pagerduty-it-operations-actions-integration
        IntegrationAction runbooks-systems-pagerduty-it-operations-actions-read
        IntegrationAction runbooks-systems-pagerduty-it-operations-actions-trigger
      IntegrationCredential runbooks-systems-pagerduty-it-operations-credential
      StoredSecret runbooks-systems-pagerduty-it-operations-secret
        Secret runbooks-systems-pagerduty-it-operations-secret
        SecretVersion runbooks-systems-pagerduty-it-operations-secret-value
    VendorIntegration runbooks-systems-pagerduty-primary
      DataActions runbooks-systems-pagerduty-primary-actions
        Integration runbooks-systems-pagerduty-primary-actions-integration
        IntegrationAction runbooks-systems-pagerduty-primary-actions-read
        IntegrationAction runbooks-systems-pagerduty-primary-actions-trigger
      IntegrationCredential runbooks-systems-pagerduty-primary-credential
      StoredSecret runbooks-systems-pagerduty-primary-secret
        Secret runbooks-systems-pagerduty-primary-secret
        SecretVersion runbooks-systems-pagerduty-primary-secret-value
    VendorIntegration runbooks-systems-pagerduty-secondary
      DataActions runbooks-systems-pagerduty-secondary-actions
        Integration runbooks-systems-pagerduty-secondary-actions-integration
        IntegrationAction runbooks-systems-pagerduty-secondary-actions-read
        IntegrationAction runbooks-systems-pagerduty-secondary-actions-trigger
      IntegrationCredential runbooks-systems-pagerduty-secondary-credential
      StoredSecret runbooks-systems-pagerduty-secondary-secret
        Secret runbooks-systems-pagerduty-secondary-secret
        SecretVersion runbooks-systems-pagerduty-secondary-secret-value
    VendorIntegration runbooks-systems-twilio
      DataActions runbooks-systems-twilio-actions
        Integration runbooks-systems-twilio-actions-integration
        IntegrationAction runbooks-systems-twilio-actions-read
        IntegrationAction runbooks-systems-twilio-actions-send
      IntegrationCredential runbooks-systems-twilio-credential
      StoredSecret runbooks-systems-twilio-secret
        Secret runbooks-systems-twilio-secret
        SecretVersion runbooks-systems-twilio-secret-value
  LedgerService runbooks-ledger-service
    LedgerActions runbooks-ledger-service-genesys
      DataActions runbooks-ledger-service-genesys-actions
        Integration runbooks-ledger-service-genesys-actions-integration
        IntegrationAction runbooks-ledger-service-genesys-actions-claim
        IntegrationAction runbooks-ledger-service-genesys-actions-read
        IntegrationAction runbooks-ledger-service-genesys-actions-record
        IntegrationAction runbooks-ledger-service-genesys-actions-release
      IntegrationCredential runbooks-ledger-service-genesys-credential
      Role runbooks-ledger-service-genesys-role
      RolePolicy runbooks-ledger-service-genesys-policy
    ResponderFunction runbooks-ledger-service
      Function runbooks-ledger-service-function
      LogGroup runbooks-ledger-service-logs
      Role runbooks-ledger-service-role
      RolePolicy runbooks-ledger-service-policy
  OauthClient runbooks-launcher
    OauthClient runbooks-launcher-client
    PermissionRole runbooks-launcher-role
      AuthRole runbooks-launcher-role
    StoredSecret runbooks-launcher-secret
      Secret runbooks-launcher-secret
      SecretVersion runbooks-launcher-secret-value
  Overseer runbooks-overseer
    ScheduledFunction runbooks-overseer
      FunctionEventInvokeConfig runbooks-overseer-invocation
      ResponderFunction runbooks-overseer
        Function runbooks-overseer-function
        LogGroup runbooks-overseer-logs
        Role runbooks-overseer-role
        RolePolicy runbooks-overseer-policy
      Role runbooks-overseer-scheduler-role
      RolePolicy runbooks-overseer-scheduler-policy
      Schedule runbooks-overseer-schedule
  ResponseFlow runbooks-response-it-operations
    Flow runbooks-response-it-operations-flow
  ResponseFlow runbooks-response-telephony
    Flow runbooks-response-telephony-flow
  Watch runbooks-watch
    AlarmTopic runbooks-watch-alarms
      Key runbooks-watch-alarms-key
      Topic runbooks-watch-alarms-topic
      TopicPolicy runbooks-watch-alarms-policy
    Dashboard runbooks-watch-dashboard
    MetricAlarm runbooks-watch-budget-spent
    MetricAlarm runbooks-watch-dead-letters
    MetricAlarm runbooks-watch-duration-dispatcher
    MetricAlarm runbooks-watch-duration-ledger
    MetricAlarm runbooks-watch-duration-normalizer
    MetricAlarm runbooks-watch-duration-overseer
    MetricAlarm runbooks-watch-duration-poller
    MetricAlarm runbooks-watch-error-events
    MetricAlarm runbooks-watch-errors-dispatcher
    MetricAlarm runbooks-watch-errors-ledger
    MetricAlarm runbooks-watch-errors-normalizer
    MetricAlarm runbooks-watch-errors-overseer
    MetricAlarm runbooks-watch-errors-poller
    MetricAlarm runbooks-watch-heartbeat-overseer
    MetricAlarm runbooks-watch-heartbeat-poller
    MetricAlarm runbooks-watch-queue-age
    MetricAlarm runbooks-watch-throttles-dispatcher
    MetricAlarm runbooks-watch-throttles-ledger
    MetricAlarm runbooks-watch-throttles-normalizer
    MetricAlarm runbooks-watch-throttles-overseer
    MetricAlarm runbooks-watch-throttles-poller
  WebhookIntake runbooks-intake
    StoredSecret runbooks-intake-acknowledge
      Secret runbooks-intake-acknowledge
      SecretVersion runbooks-intake-acknowledge-value
    StoredSecret runbooks-intake-signing
      Secret runbooks-intake-signing
      SecretVersion runbooks-intake-signing-value
    Webhook runbooks-intake-normalizer
      FunctionUrl runbooks-intake-normalizer-url
      Permission runbooks-intake-normalizer-invoke-permission
      Permission runbooks-intake-normalizer-url-permission
      ResponderFunction runbooks-intake-normalizer
        Function runbooks-intake-normalizer-function
        LogGroup runbooks-intake-normalizer-logs
        Role runbooks-intake-normalizer-role
        RolePolicy runbooks-intake-normalizer-policy`;

/** The names in Genesys Cloud and AWS of what it declares, without those that end in a digest. */
export const expectedNames = [
	"/aws/lambda/runbooks-dev-dispatcher",
	"/aws/lambda/runbooks-dev-ledger",
	"/aws/lambda/runbooks-dev-normalizer",
	"/aws/lambda/runbooks-dev-overseer",
	"/aws/lambda/runbooks-dev-poller",
	"invoke-ledger",
	"runbooks-dev Ledger",
	"runbooks-dev PagerDuty it-operations",
	"runbooks-dev PagerDuty primary",
	"runbooks-dev PagerDuty secondary",
	"runbooks-dev Response it-operations",
	"runbooks-dev Response telephony",
	"runbooks-dev Twilio",
	"runbooks-dev detector",
	"runbooks-dev launcher",
	"runbooks-dev responder",
	"runbooks-dev-alarms",
	"runbooks-dev-budget-spent",
	"runbooks-dev-dead-letters",
	"runbooks-dev-dispatch",
	"runbooks-dev-dispatch-dead",
	"runbooks-dev-dispatcher",
	"runbooks-dev-duration-dispatcher",
	"runbooks-dev-duration-ledger",
	"runbooks-dev-duration-normalizer",
	"runbooks-dev-duration-overseer",
	"runbooks-dev-duration-poller",
	"runbooks-dev-error-events",
	"runbooks-dev-errors-dispatcher",
	"runbooks-dev-errors-ledger",
	"runbooks-dev-errors-normalizer",
	"runbooks-dev-errors-overseer",
	"runbooks-dev-errors-poller",
	"runbooks-dev-genesys-ledger",
	"runbooks-dev-heartbeat-overseer",
	"runbooks-dev-heartbeat-poller",
	"runbooks-dev-incidents",
	"runbooks-dev-ledger",
	"runbooks-dev-normalizer",
	"runbooks-dev-overseer",
	"runbooks-dev-overseer-schedule",
	"runbooks-dev-poller",
	"runbooks-dev-poller-schedule",
	"runbooks-dev-queue-age",
	"runbooks-dev-throttles-dispatcher",
	"runbooks-dev-throttles-ledger",
	"runbooks-dev-throttles-normalizer",
	"runbooks-dev-throttles-overseer",
	"runbooks-dev-throttles-poller",
	"runbooks-dev/acknowledge",
	"runbooks-dev/genesys-detector",
	"runbooks-dev/genesys-launcher",
	"runbooks-dev/pagerduty-it-operations",
	"runbooks-dev/pagerduty-primary",
	"runbooks-dev/pagerduty-secondary",
	"runbooks-dev/twilio",
	"runbooks-dev/webhook",
];
