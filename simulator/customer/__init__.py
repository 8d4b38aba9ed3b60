"""Plays the upset customer: appraise, move, plan, speak, guard."""
