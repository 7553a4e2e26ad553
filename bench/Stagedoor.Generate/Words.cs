namespace Stagedoor.Generate;

/// <summary>What names, tags and sentences are made of.</summary>
internal static class Words
{
    public static readonly string[] Subjects =
    [
        "payments", "lending", "cards", "mortgage", "savings", "treasury", "fraud", "onboarding", "identity", "ledger", "pricing", "claims",
        "billing", "invoice", "customer", "merchant", "settlement", "clearing", "risk", "compliance", "reporting", "notification", "document",
        "search", "loyalty", "branch", "trading", "custody", "collateral", "insurance", "pension", "tax", "audit", "consent", "profile", "session",
        "checkout", "refund", "dispute", "transfer",
    ];

    public static readonly string[] Things =
    [
        "gateway", "engine", "router", "planner", "monitor", "registry", "store", "exporter", "importer", "scheduler", "calculator", "validator",
        "archive", "catalog", "portal", "hub", "bridge", "mapper", "matcher", "scorer", "tracker", "broker", "resolver", "builder", "formatter",
        "collector", "dispatcher", "limiter", "simulator", "watcher", "index", "cache", "feed", "inbox", "outbox", "vault", "desk", "board", "view", "core",
    ];

    public static readonly string[] Forms = ["service", "web", "worker", "lib", "job", "bff", "cli", "sdk", "ui"];

    public static readonly string[] Fields = ["retail", "corporate", "nordic", "digital", "shared", "legacy", "open-banking", "operations", "data", "security"];

    public static readonly string[] Stores = ["pg", "kafka", "redis", "s3", "mq", "sql", "elastic"];

    public static readonly string[] Animals =
    [
        "otter", "heron", "lynx", "falcon", "badger", "puffin", "seal", "ibex", "marten", "osprey", "raven", "salmon", "stork", "viper", "walrus", "wren",
        "bison", "crane", "dingo", "eland", "ferret", "gecko", "hare", "jackal", "kestrel", "lemur", "moose", "newt", "oriole", "panda",
    ];

    public static readonly string[] Units = ["squad", "team", "crew", "guild", "tribe", "chapter", "desk", "unit", "circle", "office"];

    public static readonly string[] FirstNames =
    [
        "ada", "bo", "clara", "dev", "elin", "finn", "greta", "hugo", "ines", "jonas", "kaja", "leo", "mira", "nils", "olga", "pia", "quentin", "rosa",
        "sven", "tove", "uma", "viggo", "wilma", "xenia", "yara", "zeno", "amir", "bela", "chidi", "dara",
    ];

    public static readonly string[] LastNames =
    [
        "aalto", "berg", "costa", "dahl", "eriksen", "fors", "grau", "holm", "iversen", "jansen", "keller", "lind", "moreau", "nyman", "okafor", "perez",
        "quist", "rossi", "sand", "torres", "ueda", "voss", "weber", "xu", "yildiz", "zoric", "adler", "bianchi", "chen", "doyle", "ek", "fischer", "gallo",
        "haas", "ito", "jokinen", "kovac", "larsen", "meyer", "novak",
    ];

    // The first are the common ones.
    public static readonly string[] Tags =
    [
        "java", "dotnet", "kubernetes", "postgres", "react", "kafka", "typescript", "go", "python", "internal", "critical", "rest", "spring", "grpc", "pci",
        "gdpr", "terraform", "aws", "azure", "redis", "node", "kotlin", "graphql", "batch", "legacy", "public", "mobile", "angular", "vue", "rust", "scala",
        "data", "ml", "airflow", "spark", "snowflake", "elastic", "mongodb", "oracle", "mainframe", "cobol", "soap", "sftp", "openapi", "asyncapi", "oauth",
        "sso", "iam", "vault", "istio", "envoy", "helm", "argocd", "flux", "datadog", "grafana", "prometheus", "sentry", "pagerduty", "c++", "c#", "ios",
        "android", "flutter", "swift", "php", "laravel", "ruby", "rails", "elixir", "erlang", "haskell", "clojure", "perl", "shell", "etl", "cdc", "debezium",
        "flink", "beam", "dbt", "looker", "tableau", "powerbi", "sap", "salesforce", "swift-mt", "iso20022", "psd2", "sepa", "instant", "fx", "kyc", "aml",
        "sanctions", "basel", "ifrs", "sox", "tier:1", "tier:2", "tier:3", "experiment", "poc", "deprecated", "shared", "sdk", "cli", "cron",
    ];

    public static readonly string[] Verbs = ["Keeps", "Moves", "Checks", "Prices", "Shows", "Collects", "Explains", "Matches", "Signs", "Sends", "Plans", "Routes"];

    public static readonly string[] Objects =
    [
        "orders of card payments", "offers for new loans", "limits of customers", "statements of the month", "files of the clearing house", "rates of the market",
        "contracts and their versions", "claims and disputes", "messages between branches", "the balances of accounts", "events of the ledger", "consents of partners",
        "addresses and names", "alerts about fraud", "reports to the supervisor", "keys and certificates",
    ];

    public static readonly string[] Reasons =
    [
        "so that nobody waits for the night's run", "for every channel of the bank", "within the rules of the regulator", "before the markets open",
        "and tells those who must know", "with an answer in a tenth of a second", "for web, phone and branch alike", "until the last system of old is gone",
        "on behalf of the back office", "for partners outside", "without a person in between", "and keeps them for ten years",
    ];

    public static readonly string[] Types = ["service", "service", "service", "service", "service", "website", "website", "library", "library", "worker", "pipeline", "mobile-app"];

    public static readonly string[] Lifecycles = ["production", "production", "production", "production", "experimental", "experimental", "deprecated", "development"];

    public static readonly string[] ResourceTypes = ["database", "topic", "cache", "bucket", "queue", "cluster"];

    public static readonly string[] ApiTypes = ["openapi", "openapi", "openapi", "openapi", "openapi", "openapi", "openapi", "asyncapi", "graphql", "grpc"];

    public static readonly string[] GroupTypes = ["squad", "squad", "squad", "department", "chapter", "product-area"];

    public static readonly string[] Colonies = ["harbour", "summit", "meadow", "forge", "delta", "grove", "cliff", "fjord"];

    public static readonly string[] Tiers = ["tier-1", "tier-2", "tier-3", "tier-4"];

    public static readonly string[] Fragments = ["accounts", "transfers", "quotes", "customers", "limits", "documents", "cases", "rates", "orders", "statements"];
}
