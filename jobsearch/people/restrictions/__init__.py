"""The use of a person's data restricted at her asking: kept, shown as such, and not passed on."""
