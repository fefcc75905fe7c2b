package platform

import (
	"bailiwick.dev/twin/api"
	"sigs.k8s.io/controller-runtime/pkg/scheme"
)

var builder = &scheme.Builder{GroupVersion: api.GroupVersion}

// AddToScheme makes the kinds known to a scheme.
var AddToScheme = builder.AddToScheme

func init() {
	builder.Register(
		&Tenant{}, &TenantList{},
		&Plan{}, &PlanList{},
		&DomainPack{}, &DomainPackList{},
	)
}
