"""How one provider follows the search: when a company is left alone, when a lead is quiet."""
