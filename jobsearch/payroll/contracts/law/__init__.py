"""What the law says of contracts, dated and with its source: grounds, endings, limits, terms."""
