// Validating every template costs 2-3 s a process; the synth in test/packaging runs with validation on.
process.env.CDK_VALIDATION ??= 'false';
