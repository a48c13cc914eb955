"""Numbers as a hand types them: spellings, what they are read as, what each may be."""
