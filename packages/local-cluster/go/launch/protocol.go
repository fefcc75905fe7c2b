// Package launch starts and ends a cluster's processes on behalf of a supervisor that talks to it
// in JSON lines. It decides nothing: when and how often to restart is the supervisor's business.
// When the supervisor goes away, by whatever death, everything launched ends with it.
package launch

// Command is one line from the supervisor.
type Command struct {
	// Do is start, signal or stop. Stop ends what is listed in Order and then the launcher.
	Do   string `json:"do"`
	Name string `json:"name,omitempty"`
	// Path and Arguments are the program to start; Environment is added to the launcher's own.
	Path        string   `json:"path,omitempty"`
	Arguments   []string `json:"arguments,omitempty"`
	Environment []string `json:"environment,omitempty"`
	Directory   string   `json:"directory,omitempty"`
	// Log is the file that receives both outputs, appended.
	Log    string `json:"log,omitempty"`
	Signal int    `json:"signal,omitempty"`
	// Order is how stop ends processes: one group after the other, each member of a group at once.
	Order [][]string `json:"order,omitempty"`
}

// Event is one line to the supervisor. Pid counts in the launcher's own PID namespace.
type Event struct {
	// Event is ready, started, exited, failed or stopped.
	Event string `json:"event"`
	Name  string `json:"name,omitempty"`
	Pid   int    `json:"pid,omitempty"`
	// Code is the exit code, or 128 plus the signal that ended the process.
	Code    int    `json:"code"`
	Message string `json:"message,omitempty"`
}
