"""An operator breaks the glass of one provider: she looks, for a reason, for an hour at most."""
