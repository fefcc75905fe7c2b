// Package api holds what the twin reads and writes of apps. Fields that it has no use for are left
// out, so that they are never decoded.
//
// +kubebuilder:object:generate=true
// +groupName=bailiwick.dev
package api

import (
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/scheme"
)

// GroupVersion is the API group of all kinds.
var GroupVersion = schema.GroupVersion{Group: "bailiwick.dev", Version: "v1alpha1"}

var builder = &scheme.Builder{GroupVersion: GroupVersion}

// AddToScheme makes the kinds known to a scheme.
var AddToScheme = builder.AddToScheme

func init() {
	builder.Register(&App{}, &AppList{})
}
