"""The main job, whole: thirty twins, three brands, their licenses, their money, an auditor."""
