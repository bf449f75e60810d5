// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {License} from "../../contracts/types/License.sol";
import {Leaf} from "../../contracts/types/Usage.sol";
import {UsageDeeds} from "./UsageDeeds.sol";

/// @title Laws 19 and 20, of what was published
abstract contract HistoryLaws is UsageDeeds {
    function invariant_law19_historyIsAppendedInNumberedBatches() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            License memory license = licenses.licenseOf(held.id);
            Recorded[] storage batches = history[held.id];
            bytes32 head;
            for (uint256 j; j < batches.length; ++j) {
                require(batches[j].batch.number == j + 1, "law 19: a number was left out");
                head = keccak256(abi.encode(head, _batchHash(held.id, batches[j])));
            }
            require(license.batches == batches.length, "law 19: another number of batches");
            require(license.head == head, "law 19: another head");
        }
    }

    function invariant_law20_anImageIsProvenByItsLeaf() public view {
        for (uint256 i; i < heldList.length; ++i) {
            uint256 id = heldList[i].id;
            uint256 count = history[id].length;
            if (count == 0) continue;
            // The first, which all others follow, and the last.
            _provesItsImages(id, 0);
            if (count > 1) _provesItsImages(id, count - 1);
        }
    }

    function _provesItsImages(uint256 id, uint256 number) private view {
        Recorded storage recorded = history[id][number];
        for (uint32 index; index < 2; ++index) {
            bool isImage = index < recorded.batch.images;
            require(
                _isProven(id, number, recorded, index, index) == isImage, "law 20: proven, or not, against its index"
            );
            require(!_isProven(id, number, recorded, index, 1 - index), "law 20: another image's path proves it");
        }
    }

    function _isProven(uint256 id, uint256 number, Recorded storage recorded, uint32 index, uint32 place)
        private
        view
        returns (bool)
    {
        bytes32 manifest = recorded.batch.manifest;
        bytes32[] memory later = new bytes32[](history[id].length - number - 1);
        for (uint256 i; i < later.length; ++i) {
            later[i] = _batchHash(id, history[id][number + 1 + i]);
        }
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = _leafHash(manifest, 1 - place);
        Leaf memory leaf = Leaf(index, keccak256(abi.encode(manifest, index)), manifest);
        return licenses.isRecorded(
            id, recorded.batch, recorded.reporter, recorded.time, recorded.headBefore, later, leaf, proof
        );
    }

    function _batchHash(uint256 id, Recorded storage recorded) private view returns (bytes32) {
        return keccak256(abi.encode(id, recorded.batch, recorded.reporter, recorded.time));
    }
}
