"""The impact assessment (GDPR art. 35): risks to people, measures, and the provider's decision."""
