// Preloaded into supervised programs: when the supervisor is gone, even by SIGKILL, its channel
// closes and the program ends like on SIGTERM.
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
