"""An expression in words: its receipts, its flow, what to notice."""
