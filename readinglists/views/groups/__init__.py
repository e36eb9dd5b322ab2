"""Study groups as pages: making one, reading together, looking after it."""
