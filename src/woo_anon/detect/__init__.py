"""Finding personal data: recognisers by family, brought together by Presidio's AnalyzerEngine."""
