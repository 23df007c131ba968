// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.util.Map;
import java.util.Optional;
import org.yolotorch.val.ValResult;

/**
 * What an epoch gave.
 *
 * @param epoch counted from 1
 * @param epochs of the whole training
 * @param row its row of {@code results.csv}, by column
 * @param val accuracy of the moving average; empty where the epoch was not validated
 * @param fitness one number to compare epochs by, the higher the better
 * @param best whether it is the best one so far
 */
public record EpochResult(
    int epoch,
    int epochs,
    Map<String, Double> row,
    Optional<ValResult> val,
    double fitness,
    boolean best) {}
