"""How the group sees a person: her own choice, with what each choice looks like."""
