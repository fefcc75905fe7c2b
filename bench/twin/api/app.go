package api

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// App says what an app of a tenant is made of and what runs where.
//
// +kubebuilder:object:root=true
type App struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec   AppSpec   `json:"spec,omitempty"`
	Status AppStatus `json:"status,omitempty"`
}

// AppSpec is what is wanted.
type AppSpec struct {
	Archetype    ArchetypeRef  `json:"archetype"`
	Source       Source        `json:"source"`
	Environments []Environment `json:"environments,omitempty"`
}

// ArchetypeRef names an archetype of a pack.
type ArchetypeRef struct {
	Pack string `json:"pack"`
	Name string `json:"name"`
}

// Source names the newest commit.
type Source struct {
	Revision string `json:"revision"`
}

// Environment says how an app runs in an environment of its tenant.
type Environment struct {
	Name      string    `json:"name"`
	Replicas  *Replicas `json:"replicas,omitempty"`
	Suspended bool      `json:"suspended,omitempty"`
}

// Replicas is how many pods run.
type Replicas struct {
	Min int32 `json:"min"`
	Max int32 `json:"max"`
}

// AppStatus is what is seen.
type AppStatus struct {
	ObservedGeneration int64               `json:"observedGeneration,omitempty"`
	Conditions         []metav1.Condition  `json:"conditions,omitempty"`
	Environments       []EnvironmentStatus `json:"environments,omitempty"`
	Health             string              `json:"health,omitempty"`
}

// EnvironmentStatus is how an app is doing in an environment.
type EnvironmentStatus struct {
	Name   string `json:"name"`
	Health string `json:"health"`
	Why    string `json:"why"`
	Next   string `json:"next"`
	// Commit that runs.
	Revision string `json:"revision,omitempty"`
	// Digest of the code that runs.
	Digest string      `json:"digest,omitempty"`
	Pods   Pods        `json:"pods"`
	Since  metav1.Time `json:"since"`
}

// Pods counts pods.
type Pods struct {
	Ready   int32 `json:"ready"`
	Desired int32 `json:"desired"`
}

// AppList is a list of apps.
//
// +kubebuilder:object:root=true
type AppList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []App `json:"items"`
}
