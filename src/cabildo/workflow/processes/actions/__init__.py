"""What changes a process under way. Every action locks its run first, so that two never cross."""
