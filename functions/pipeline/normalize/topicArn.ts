const place = "(?:north|south|east|west|central|northeast|northwest|southeast|southwest)";
const regions = [
	`aws:sns:((?:af|ap|ca|eu|il|me|mx|sa|us)-${place}-[1-9])`,
	"aws-cn:sns:(cn-(?:north|northwest)-1)",
	"aws-us-gov:sns:(us-gov-(?:east|west)-1)",
];

/**
 * The ARN of a topic whose messages can come here: of a partition whose SNS the functions know the address of, in a region that belongs to it. A FIFO
 * topic delivers to queues only (https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html).
 */
export const topicArnPattern = new RegExp(`^arn:(?:${regions.join("|")}):\\d{12}:[A-Za-z0-9_-]{1,256}$`);

/** The region of a topic; undefined for a text that is no ARN of one. */
export const regionOfTopic = (arn: string): string | undefined => topicArnPattern.exec(arn)?.slice(1).find(Boolean);
