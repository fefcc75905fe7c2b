package controller

import "bailiwick.dev/twin/platform"

// workload is everything that decides what runs in one environment.
type workload struct {
	tenant, environment, app string
	// namespace of the environment
	namespace string
	commit    string
	bundle    bundle
	image     string
	limits    platform.Limits
	requests  platform.Resources
	replicas  int32
}

// bundle is the code of a commit.
type bundle struct {
	// source is a ConfigMap in the home namespace, copy its copy in the environment.
	source, copy string
	// digest of the archive, sha256:…
	digest string
}

func (w *workload) labels() map[string]string {
	return map[string]string{
		managedByLabel:   managedBy,
		nameLabel:        w.app,
		tenantLabel:      w.tenant,
		environmentLabel: w.environment,
		appLabel:         w.app,
	}
}

func (w *workload) labelsWithCommit() map[string]string {
	labels := w.labels()
	labels[commitLabel] = shortCommit(w.commit)
	return labels
}

func (w *workload) selector() map[string]string {
	return map[string]string{appLabel: w.app}
}

func (w *workload) annotations() map[string]string {
	return map[string]string{ownerAnnotation: ownerOf(w.tenant, w.app)}
}

func ownerOf(tenant, app string) string {
	return "App " + tenant + "/" + app
}

// obstacle is why an environment cannot run what it should.
type obstacle struct {
	health, why, next string
}

func (o *obstacle) Error() string { return o.why }

func fail(why, next string) *obstacle {
	return &obstacle{health: "Failed", why: why, next: next}
}

func wait(why string) *obstacle {
	return &obstacle{health: "Progressing", why: why}
}
