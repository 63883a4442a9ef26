"""The pages of the audit trail: who changed what, who looked, and whether the trail is whole."""
