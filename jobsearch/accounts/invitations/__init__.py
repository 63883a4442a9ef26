"""People who are asked to take a role in an organisation, until they answer."""
