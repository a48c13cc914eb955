"""The living network: what it shows, its receipts, its flow, and its scripts."""
