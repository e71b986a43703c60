"""Many documents: plan their outputs, find out what is due, run each through an executor, say what became of it."""
