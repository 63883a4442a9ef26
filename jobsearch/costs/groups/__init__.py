"""What each cohort cost of its own, for those who may not see pay as well."""
