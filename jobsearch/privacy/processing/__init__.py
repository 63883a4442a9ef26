"""The register of processing (GDPR art. 30), made from what the columns say of themselves."""
