"""Who did what and who looked; append-only."""
