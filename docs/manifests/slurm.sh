#!/usr/bin/env bash
#SBATCH --job-name=sweep
#SBATCH --array=0-63
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1G
#SBATCH --time=04:00:00
#SBATCH --signal=INT@120
#SBATCH --requeue
#
# One sweep as 64 shards, without a database. Submit it in a checkout on a shared file system, after `npm run -s lab -- doctor` there:
#   SWEEP=scenarios/sweeps/emission-and-burn.yaml RESULTS=/shared/emission-and-burn sbatch docs/manifests/slurm.sh
# Where the time was too short, submit it again: finished runs are never run again. Then bring the shards together:
#   npm run -s lab -- merge "$RESULTS"/shard-* --out "$RESULTS/all"
#   npm run -s lab -- sweep "$SWEEP" --out "$RESULTS/all"
set -euo pipefail
: "${SWEEP:?set it to the sweep file}" "${RESULTS:?set it to a directory that all nodes share}"
exec npm run -s lab -- sweep "$SWEEP" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --out "$RESULTS/shard-$SLURM_ARRAY_TASK_ID" \
  --workers "${SLURM_CPUS_PER_TASK:-1}"
