// Preloaded into supervised programs: when the supervisor is gone, even by SIGKILL, its channel
// closes and the program ends like on SIGTERM.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// After the listener, which would otherwise keep the program alive.
process.channel?.unref();
