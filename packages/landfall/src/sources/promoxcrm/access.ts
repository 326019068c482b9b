import type { Ports } from '../../base/ports.ts';
import type { SourceConnector } from '../../model/source.ts';
import { parseProbedConfiguration } from '../shared/probed-api/configuration.ts';
import { probedSource } from '../shared/probed-api/connector.ts';
import type { SourceSurroundings } from '../surroundings.ts';
import { promoxcrm } from './catalog.ts';
import { probePlan, rowRules, ruleLists } from './probe.ts';

/**
 * PromoXcrm: asked what its API hands out, then read over the API, from an export, or from a workbook filled in by hand,
 * entity by entity (P-02). `config` is the `source` part of `landfall.yaml`: `{ system, url?, auth?, export?, files?,
 * tables?, extraction?, probe? }`. Throws `configuration-wrong` with every fault of it.
 */
export function promoxcrmSource(
  config: unknown,
  ports: Ports,
  surroundings: SourceSurroundings,
): SourceConnector {
  const configuration = parseProbedConfiguration(promoxcrm, config);
  const system = { catalog: promoxcrm, plan: probePlan, rules: rowRules, ruleLists };
  return probedSource(system, configuration, ports, surroundings);
}
