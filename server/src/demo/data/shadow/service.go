// Package feature_flags answers which features are on. Copied between repositories until there is something better.
package feature_flags

import (
	"encoding/json"
	"hash/fnv"
	"os"
	"sync"
)

// Rule says for whom a feature is on.
type Rule struct {
	Name    string   `json:"name"`
	Percent uint32   `json:"percent"`
	Allow   []string `json:"allow"`
}

// FeatureFlagService keeps the rules in memory and reads them again when asked to.
type FeatureFlagService struct {
	mu    sync.RWMutex
	path  string
	rules map[string]Rule
}

// NewFeatureFlagService reads the rules from a JSON file.
func NewFeatureFlagService(path string) (*FeatureFlagService, error) {
	service := &FeatureFlagService{path: path, rules: map[string]Rule{}}
	return service, service.Reload()
}

// Reload reads the file again.
func (s *FeatureFlagService) Reload() error {
	text, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	var rules []Rule
	if err := json.Unmarshal(text, &rules); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = map[string]Rule{}
	for _, rule := range rules {
		s.rules[rule.Name] = rule
	}
	return nil
}

// IsOn tells whether the feature is on for a customer.
func (s *FeatureFlagService) IsOn(name, customer string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rule, found := s.rules[name]
	if !found {
		return false
	}
	for _, allowed := range rule.Allow {
		if allowed == customer {
			return true
		}
	}
	return bucket(name, customer) < rule.Percent
}

func bucket(name, customer string) uint32 {
	hash := fnv.New32a()
	hash.Write([]byte(name + ":" + customer))
	return hash.Sum32() % 100
}
