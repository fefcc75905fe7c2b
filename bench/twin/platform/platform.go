// Package platform holds what the twin reads of the kinds around apps.
//
// +kubebuilder:object:generate=true
// +groupName=bailiwick.dev
package platform

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Tenant has environments, each with a namespace.
//
// +kubebuilder:object:root=true
type Tenant struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec TenantSpec `json:"spec,omitempty"`
}

// TenantSpec is what is wanted.
type TenantSpec struct {
	Plan         string              `json:"plan"`
	Environments []TenantEnvironment `json:"environments,omitempty"`
}

// TenantEnvironment is an environment of a tenant.
type TenantEnvironment struct {
	Name string `json:"name"`
	// Protected environments take only releases.
	Protected bool `json:"protected,omitempty"`
}

// TenantList is a list of tenants.
//
// +kubebuilder:object:root=true
type TenantList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Tenant `json:"items"`
}

// Plan is a tier that tenants can ask for.
//
// +kubebuilder:object:root=true
type Plan struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec PlanSpec `json:"spec,omitempty"`
}

// PlanSpec is what is wanted.
type PlanSpec struct {
	PerEnvironment PlanResources `json:"perEnvironment"`
}

// PlanResources is what each environment of a tenant gets.
type PlanResources struct {
	DefaultContainer Resources `json:"defaultContainer"`
}

// Resources are Kubernetes quantities.
type Resources struct {
	CPU    string `json:"cpu"`
	Memory string `json:"memory"`
}

// PlanList is a list of plans.
//
// +kubebuilder:object:root=true
type PlanList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Plan `json:"items"`
}

// DomainPack is what apps of a domain are made of.
//
// +kubebuilder:object:root=true
type DomainPack struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec DomainPackSpec `json:"spec,omitempty"`
}

// DomainPackSpec is what is wanted.
type DomainPackSpec struct {
	Version    string      `json:"version"`
	Archetypes []Archetype `json:"archetypes,omitempty"`
	Runtimes   []Runtime   `json:"runtimes,omitempty"`
}

// Archetype names the runtime of its apps.
type Archetype struct {
	Name    string `json:"name"`
	Runtime string `json:"runtime"`
}

// Runtime runs the code of apps.
type Runtime struct {
	Name   string `json:"name"`
	Image  string `json:"image"`
	Limits Limits `json:"limits"`
}

// Limits bound a pod and what its functions may do.
type Limits struct {
	Resources   `json:",inline"`
	Seconds     int64 `json:"seconds"`
	Rows        int64 `json:"rows"`
	Concurrency int64 `json:"concurrency"`
}

// DomainPackList is a list of packs.
//
// +kubebuilder:object:root=true
type DomainPackList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []DomainPack `json:"items"`
}
