"""The course as one PDF, for a clinician to review on paper or on a screen."""
