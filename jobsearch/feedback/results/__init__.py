"""What is shown of surveys: a programme or one of its groups, one audience at a time."""
