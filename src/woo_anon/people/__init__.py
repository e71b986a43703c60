"""Who is who: mentions grouped per person, with a role and the evidence for it."""
